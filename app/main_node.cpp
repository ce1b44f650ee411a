// The command line without a window, for node (cmake/web.cmake).
#include "app/cli/cli.h"
#include "core/base/executor.h"

int main(int argc, char** argv) {
  iem::use_executor(iem::no_threads());
  return iem::cli::run_main(argc, argv, {});
}
