// The program on Windows: words and names are UTF-8 here as everywhere, and lines end as everywhere.
#include "app/cli/cli.h"
#include "app/export/windows/cairo_locks.h"
#include "app/window_hooks.h"
#include "core/system/windows/wide_text.h"
// Windows has macros with names of ours.
#include <fcntl.h>
#include <io.h>
#include <windows.h>
// These need the one above.
#include <shellapi.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

// The command line itself: what the C library hands to main() has lost letters, and names with stars have
// become lists of files.
std::vector<std::string> arguments() {
  int count = 0;
  wchar_t** words = CommandLineToArgvW(GetCommandLineW(), &count);
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) out.push_back(iem::utf8_text(words[i]));
  LocalFree(words);
  return out;
}

// The console's way to read bytes, as long as the program runs.
class Utf8Console {
 public:
  Utf8Console() : input_(GetConsoleCP()), output_(GetConsoleOutputCP()) {
    SetConsoleCP(CP_UTF8);
    SetConsoleOutputCP(CP_UTF8);
    for (const DWORD each : {STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
      DWORD mode = 0;
      const HANDLE handle = GetStdHandle(each);
      if (GetConsoleMode(handle, &mode)) SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    }
    for (std::FILE* each : {stdin, stdout, stderr}) _setmode(_fileno(each), _O_BINARY);
  }
  ~Utf8Console() {
    std::fflush(nullptr);
    if (input_ != 0) SetConsoleCP(input_);
    if (output_ != 0) SetConsoleOutputCP(output_);
  }
  Utf8Console(const Utf8Console&) = delete;
  Utf8Console& operator=(const Utf8Console&) = delete;

 private:
  UINT input_, output_;  // code pages; 0: there is no console
};

// Started by a double click, the program has a console of its own, which goes when it ends.
bool owns_console() {
  DWORD processes[2];
  return GetConsoleProcessList(processes, 2) == 1;
}

}  // namespace

int main() {
  iem::make_cairo_locks();
  const Utf8Console console;
  std::vector<std::string> words = arguments();
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int code = iem::cli::run_main(static_cast<int>(words.size()), argv.data(), iem::window_hooks());
  if (code != 0 && owns_console()) {
    std::fprintf(stderr, "\nEnter closes this window.");
    std::fflush(stderr);
    std::getchar();
  }
  return code;
}
