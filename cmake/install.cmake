# Everything the program reads is inside the binary; what is installed beside it is for the desktop and the shell.
include(GNUInstallDirs)
