// What was done in lessons, kept between two starts in a folder beside the sessions: a small file a lesson
// with its page, guesses and tasks, and the name of the lesson that is open.
//
// Nothing here throws. Where nothing can be read or written nothing is kept; a damaged file is as none. The
// window writes at every digit of a guess and every page, so that nothing waits for the disk: a power cut may
// lose what was done in a lesson, which is a page number and guesses that can be made again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/session/lesson_record.h"

namespace iem::gui {

class KeptLessons {
 public:
  // What is kept of one lesson.
  struct Entry {
    LessonRecord now;
    std::vector<LessonRecord::Answer> earlier;  // guesses of other attempts, the oldest first
  };

  KeptLessons() = default;  // keeps nothing
  // In a folder within this one. An empty path keeps nothing.
  explicit KeptLessons(const std::string& folder);

  std::optional<Entry> read(const std::string& lesson) const;
  void write(const Entry& entry) const;

  // The lesson that is open; where the program closes it is the one that was left. Empty: none.
  void set_open(const std::string& lesson) const;
  std::string open() const;

 private:
  std::string folder_;
};

}  // namespace iem::gui
