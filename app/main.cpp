#include "app/cli/cli.h"
#include "app/window_hooks.h"

int main(int argc, char** argv) { return iem::cli::run_main(argc, argv, iem::window_hooks()); }
