// The names of files and folders that are being written under a name, so that they can be removed when the
// program ends early.
#pragma once

#include <string>
#include <string_view>

namespace iem {

// The prefix of the temporary names, on file systems where an unfinished file must have one: a program that
// is killed may leave such a file behind.
inline constexpr std::string_view kUnfinished = ".iemlab-";
// A name with this prefix that nobody can foresee; empty with errno set when the system has no random bytes.
std::string unforeseeable_name();

// As long as it lives, remove_unfinished_files() removes what it names. At most sixteen are noted at a time,
// and none whose name is too long; others are left behind by a program that is killed.
class Unfinished {
 public:
  Unfinished() = default;
  explicit Unfinished(const std::string& name);
  ~Unfinished() { forget(); }
  Unfinished(Unfinished&& other) noexcept;
  Unfinished& operator=(Unfinished&& other) noexcept;

  // It is a folder, with `count` files numbered from 1 (numbered_name).
  void holds(int count);
  void forget();

 private:
  int slot_ = -1;  // -1: it is not noted
};

// "frame-0001.png", of files 1 to 999999; safe to call in a signal handler. The buffer is large enough.
struct NumberedName {
  char text[24];
};
NumberedName numbered_name(int number) noexcept;

// Removes everything that is noted; safe to call in a signal handler.
void remove_unfinished_files() noexcept;

}  // namespace iem
