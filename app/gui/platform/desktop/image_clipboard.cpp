#include "app/gui/platform/image_clipboard.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <vector>

extern char** environ;

namespace iem::gui {
namespace {

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != 0;
}

// Whether the program, which reads `input`, is there and did it.
bool runs_well(std::vector<std::string> words, const std::string& input) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  if (posix_spawn_file_actions_init(&files) != 0) return false;
  posix_spawn_file_actions_addopen(&files, 0, input.c_str(), O_RDONLY, 0);
  // It stays behind to offer the picture, and must not hold what this program writes to.
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

bool copy_png_file(const std::string& path) {
#ifdef __APPLE__
  return runs_well({"osascript", "-e",
                    "set the clipboard to (read (POSIX file \"" + path + "\") as \u00abclass PNGf\u00bb)"},
                   "/dev/null");
#else
  if (is_set("WAYLAND_DISPLAY") && runs_well({"wl-copy", "--type", "image/png"}, path)) return true;
  return is_set("DISPLAY") && runs_well({"xclip", "-selection", "clipboard", "-t", "image/png"}, path);
#endif
}

}  // namespace iem::gui
