"""What files may say of conventions and of results, one file each."""
