"""Files beside a case or a task: what may come in, where it is kept, who may read it."""
