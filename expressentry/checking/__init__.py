"""“Are my links still right?”: pasted links and codes with a day, held against what the record said and says."""
