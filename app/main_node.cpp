// The command line without a window, for node (cmake/web.cmake).
#include "app/cli/cli.h"
#include "core/base/executor.h"

int main(int argc, char** argv) {
#ifndef __EMSCRIPTEN_PTHREADS__
  iem::use_executor(iem::no_threads());
#endif
  return iem::cli::run_main(argc, argv, {});
}
