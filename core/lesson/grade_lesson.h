// Compares what somebody has done in a lesson (core/session/lesson_record.h) with what is right.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/lesson/play_lesson.h"
#include "core/session/lesson_record.h"

namespace iem {

// A guess as it is kept, and back.
LessonRecord::Answer answer_of(int page, const Question& question, const Guess& guess);
Guess guess_of(const Question& question, const LessonRecord::Answer& answer);

// One question or one task of a lesson.
struct GradedItem {
  int page = 1;  // counted from 1
  bool is_task = false;
  bool is_there = false;  // it was answered, or a state was handed in
  double gap = 0;         // of an answer (gap_of)
  bool is_done = false;  // of a task: its state replays to its own hash, begins as the page does, and fulfils
                         // the condition
  std::string why = {};  // of a task that is there and not done
};

// What is right on every page of a lesson, played once for all who hand in.
class LessonKey {
 public:
  LessonKey(Lesson lesson, std::shared_ptr<ThreadPool> pool, const LessonStopped& stopped = nullptr);

  // One item for every question and task, in the order of the pages. Throws InputError for a record of
  // another lesson; EvaluationStopped.
  std::vector<GradedItem> grade(const LessonRecord& record) const;
  const Lesson& lesson() const { return lesson_; }

 private:
  struct Page {
    std::optional<Truth> truth;
    std::optional<Config> origin;  // of a page with a task: the settings that its run began with
  };
  void check_task(const LessonTask& task, const Config& origin, const std::string& state,
                  GradedItem& item) const;

  Lesson lesson_;
  std::shared_ptr<ThreadPool> pool_;
  LessonStopped stopped_;
  std::vector<Page> pages_;
};

}  // namespace iem
