"""Process packages: folders of diagrams, tables and forms with a manifest, deployed as a whole."""
