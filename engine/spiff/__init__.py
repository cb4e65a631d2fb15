"""The machine: SpiffWorkflow's task tree, driven by specifications that are built from our model of a diagram.

This is the only package that imports SpiffWorkflow. `docs/spiffworkflow.md` lists each behaviour of it that is
replaced here, why, and the test that shows the stock fault.
"""
