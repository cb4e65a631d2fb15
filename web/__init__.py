"""The pages: Flask, rendered by the server; knows HTTP and language, leaves every decision to `tasks`."""
