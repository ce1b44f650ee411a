// The moment at which a page begins where a run is now.
//
// In words where they say it exactly: a scene, settings and drags made at one step of it, and the steps
// since, which are then played on arrival. Else the run itself as a state string, which carries any edits at
// any steps, painted points, and runs beside it. What is found has been played: it has the same state,
// settings and points.
#pragma once

#include <memory>
#include <string>

#include "core/lesson/play_lesson.h"

namespace iem {

// `view` has the view keys of the window and `arrangement` what of it is there; `file` is the lesson's path,
// beside which a scene may lie. Takes as long as the run took. Throws InputError where neither says it (more
// points than a state string holds, data in a file that it would not find), and EvaluationStopped.
Moment moment_of_run(const Run& run, const Config& view, const Arrangement& arrangement,
                     const std::string& file, const std::shared_ptr<ThreadPool>& pool,
                     const LessonStopped& stopped = nullptr);

// Whether two runs are at the same step with the same state, settings and points; keys of the view may
// differ.
bool is_same_but_for_view(const Run& a, const Run& b);

}  // namespace iem
