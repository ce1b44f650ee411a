// The one error type thrown at input boundaries (scene, csv, npy, session, clipboard, command line).
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace iem {

// Where in an input something was found. Line and column count from 1; 0 means "not known".
struct SourcePosition {
  std::string file;
  int line = 0;
  int column = 0;
};

// Which exit code of the command line an error leads to.
enum class ErrorKind {
  bad_input = 2,  // usage, scene, csv, value out of range
  non_finite = 3,
  io = 4,             // a file could not be read or written
  missing = 5,        // something the machine lacks: OpenGL 3.3, ffmpeg
  interrupted = 130,  // the user ended it
};

// what() is one line: "FILE:LINE:COL: message", or "FILE: message", or the message alone.
class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& message, SourcePosition at = {},
                      ErrorKind kind = ErrorKind::bad_input)
      : std::runtime_error(one_line(message, at)),
        message_(message),
        at_(std::move(at)),
        kind_(kind) {}

  const std::string& message() const { return message_; }
  const SourcePosition& at() const { return at_; }
  ErrorKind kind() const { return kind_; }

 private:
  static std::string one_line(const std::string& message, const SourcePosition& at) {
    std::string out = at.file;
    if (at.line > 0) out += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    if (!out.empty()) out += ": ";
    for (char c : message) out += c == '\n' ? ' ' : c;
    return out;
  }
  std::string message_;
  SourcePosition at_;
  ErrorKind kind_;
};

// The machine has no display, OpenGL or memory for a window. The command line adds what works without one.
class NoWindow : public InputError {
 public:
  explicit NoWindow(const std::string& why)
      : InputError("No window can open: " + why, {}, ErrorKind::missing) {}
};

}  // namespace iem
