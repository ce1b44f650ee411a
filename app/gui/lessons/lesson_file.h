// The file of a lesson that is written from the window while its author may have it open in a text editor.
// Whoever changes it here has seen what it says: nothing that was written elsewhere is ever overwritten.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace iem::gui {

// What is written where a lesson is made or copied: ".md" is added to a name without an extension.
std::string lesson_file_name(const std::string& name);
bool is_lesson_file(const std::string& name);  // ends in .md

class LessonFile {
 public:
  // Reads it. Throws InputError (kind io).
  explicit LessonFile(std::string path);

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }
  bool can_write() const { return can_write_; }

  // Reads the file again; true where it says something else than text() did. What could be undone is then
  // forgotten, for it would take back what was written elsewhere too. Throws InputError (kind io).
  bool look();
  // Writes it whole; text() must be what the file says (look()). `page` was open. Throws InputError (kind
  // io).
  void write(std::string text, std::size_t page);
  bool can_undo() const { return !before_.empty(); }
  // Writes the text from before the last write(); returns the page that was open then.
  std::size_t undo();

 private:
  struct Before {
    std::string text;
    std::size_t page = 0;
  };
  std::string path_, text_;
  bool can_write_ = true;
  std::vector<Before> before_;
};

}  // namespace iem::gui
