"""What unit groups do: the official lead statements, main duties and employment requirements, where loaded."""
