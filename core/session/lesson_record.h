// What somebody has done in a lesson: the page, the guesses, and the tasks with the states in which they were
// done. It is part of a session and is kept when the lesson is opened again; `iemlab lesson --grade` reads
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace iem {

struct LessonRecord {
  // The answer to a page's question: a place (one x and one y), a number or the place of a choice from 0 (one
  // x), or a sketched curve.
  struct Answer {
    int page = 1;  // counted from 1
    std::vector<double> x, y;
    bool operator==(const Answer&) const = default;
  };
  // A task that is done, and the state string (state_string.h) of the run in which it was.
  struct Task {
    int page = 1;
    std::string state;
    bool operator==(const Task&) const = default;
  };
  std::string lesson;  // its id; empty: no lesson
  int page = 1;        // where it was left
  std::vector<Answer> answers;
  std::vector<Task> tasks;
  bool operator==(const LessonRecord&) const = default;
};

// TOML that read_lesson_record reads back; empty where there is no lesson.
std::string write_lesson_record(const LessonRecord& record);

// Throws InputError naming `file`: unknown keys, wrong types, pages below 1, numbers that are not finite.
// Empty text is a record of no lesson.
LessonRecord read_lesson_record(std::string_view text, const std::string& file);

}  // namespace iem
