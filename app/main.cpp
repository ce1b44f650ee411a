#include "app/cli/cli.h"

int main(int argc, char** argv) { return iem::cli::run_main(argc, argv, {}); }
