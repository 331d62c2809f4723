"""The program as a process: started, used, killed, started again."""
