"""What people see: sign-up, this week, feedback, and the letters that lead there."""
