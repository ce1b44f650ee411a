// Plays a whole lesson and lists what is wrong with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/thread_pool.h"
#include "core/lesson/play_lesson.h"

namespace iem {

struct LessonProblem {
  SourcePosition at;
  std::string message;
  std::string line() const;  // "FILE:LINE:COL: message"
};

// In the order of the file; empty where every page holds: its scene, keys, elements and links exist, its step
// is reached, its numbers are finite, its question has an answer, and its task is not yet true on arrival and
// true by what it says. Throws EvaluationStopped when `stopped` returns true.
std::vector<LessonProblem> check_lesson(const Lesson& lesson, const std::shared_ptr<ThreadPool>& pool,
                                        const LessonStopped& stopped = nullptr);

}  // namespace iem
