// A lesson: pages of words, each beside a moment, which is a state of a run and of the window that shows it.
// A teacher writes it as a Markdown file (read_lesson.h); docs/teaching.md says how.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/config/setting_table.h"
#include "core/config/value.h"
#include "core/expression/expression.h"

namespace iem {

// Markdown of a page, and where in the file each of its lines stands.
struct LessonText {
  std::string markdown;
  std::vector<SourcePosition> lines;  // of the first character of each line of `markdown`
  bool empty() const { return markdown.empty(); }
  // Where the character at this byte stands in the file.
  SourcePosition place(std::size_t offset) const;
};

// A word that names something of the program: an element of the window (elements.h), a key, a scene.
struct LessonName {
  std::string name;
  SourcePosition at;
};

using LessonSetting = SaidSetting;

// What a page begins with. What is not said is as Arrangement (play_lesson.h) has it.
struct Moment {
  std::optional<LessonName> scene;   // none: the run of the page before goes on
  std::optional<std::int64_t> step;  // none: 0 of a scene; else where the page before ended
  std::vector<LessonSetting> set;    // edits, made at that step in this order
  std::optional<std::vector<LessonName>> show, controls, highlight, cover;
  std::optional<bool> lock;
  std::int64_t play = 0;  // steps that are played on arrival, after the edits
  double speed = 2;       // of them a second
  SourcePosition at, step_at;
};

struct Question {
  enum class Kind : std::uint8_t { where, choice, number, sketch };
  Kind kind = Kind::where;
  std::string ask;                   // "Where will prototype 2 go next?"; may be empty for where
  LessonName subject;                // where: "prototype 2"; number: the expression; sketch: a figure's id
  Expression number;                 // of Kind::number
  std::vector<std::string> choices;  // of Kind::choice
  std::size_t answer = 0;            // which of them is right
  std::int64_t then = 0;             // steps that are played after the guess
  SourcePosition at;
};

// The words that ask it; where the lesson has none, words of its kind.
std::string words_of(const Question& question);

// A condition on the live run, such as "loss < 2.2", and how it can be made true.
struct LessonTask {
  std::string say;    // the words of the task, a line of Markdown
  std::string state;  // the condition
  Expression condition;
  std::int64_t steps = 0;          // of `by`: taken after its edits
  std::vector<LessonSetting> set;  // of `by`
  SourcePosition at, say_at, state_at, by_at;
};

struct LessonPage {
  std::string heading;
  Moment moment;
  LessonText body, reveal, notes;  // shown; shown after the guess; for the teacher alone
  std::optional<Question> question;
  std::optional<LessonTask> task;
  SourcePosition at;  // of the heading
};

struct Lesson {
  std::string id;                 // the file's name without its extension
  std::string title;              // of the front matter, else the id
  std::string audience;           // "for" of the front matter
  std::string about;              // one line; may be empty
  int minutes = 0;                // 0: not said
  int order = 0;                  // of the front matter: where lists show it
  std::vector<LessonPage> pages;  // at least one
  std::string file;               // that its places name
};

}  // namespace iem
