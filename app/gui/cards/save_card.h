// Asks for the path of a session, or of a lesson, when there is no desktop dialog, or when the name chosen in
// the dialog stands for an existing file: nothing is overwritten without asking.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace iem::gui {

// What is saved, in words, and the extension that a name without one gets.
struct SaveCardWords {
  const char* id;
  std::string_view title, hint, extension;
};

class SaveCard {
 public:
  explicit SaveCard(const SaveCardWords& words) : words_(words) {}
  // With a path to begin with.
  void open(std::string path);
  void close() { open_ = false; }
  void draw();
  // A path that may be written, returned once; the card then waits for answer().
  std::string take() { return std::exchange(chosen_, {}); }
  bool waits_for(const std::string& path) const { return open_ && waits_ == path; }
  // Tells the card why the file could not be written: it stays. Empty: it was written.
  void answer(const std::string& error);
  bool is_open() const { return open_; }

 private:
  SaveCardWords words_;
  bool open_ = false, focus_ = false;
  std::string path_, chosen_;
  std::string asked_;           // the file about which was asked whether it may be replaced
  std::string waits_;           // the file that is being written
  std::string failed_, error_;  // the file that could not be written, and why
};

SaveCardWords save_session_words();
SaveCardWords save_lesson_words();

// A session file for this scene, in the folder of `last` or in the home folder.
std::string suggested_session(const std::string& scene, const std::string& last);

}  // namespace iem::gui
