"""What a person is told without a task: her notices (通知), with those not read yet on the bell."""
