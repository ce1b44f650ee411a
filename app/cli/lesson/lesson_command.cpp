// iemlab lesson: a lesson in the window, as text, or played through to find what does not hold.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/input_files.h"
#include "app/cli/interrupt.h"
#include "app/cli/lesson/lesson_text.h"
#include "app/cli/output.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/export/escape.h"
#include "app/export/handout.h"
#include "app/export/table_file.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/expression/evaluator.h"
#include "core/lesson/check_lesson.h"
#include "core/lesson/grade_lesson.h"
#include "core/lesson/read_lesson.h"
#include "core/session/figure_panels.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

int check_lesson_command(const Lesson& lesson, const std::shared_ptr<ThreadPool>& pool) {
  note_interrupts();
  std::vector<LessonProblem> problems;
  try {
    problems = check_lesson(lesson, pool, interrupted);
  } catch (const EvaluationStopped&) {
    return kInterrupted;
  }
  for (const LessonProblem& problem : problems) say_error(problem.line(), true);
  if (!problems.empty()) return 1;
  const std::size_t pages = lesson.pages.size();
  print_line(lesson.title + ": " +
             (pages == 1 ? "its page holds" : "all " + std::to_string(pages) + " pages hold"));
  return 0;
}

int print_lesson(const Lesson& lesson, const std::shared_ptr<ThreadPool>& pool, bool notes) {
  note_interrupts();
  try {
    print_lines(lesson_head(lesson));
    for_each_page(lesson, pool, interrupted, [&](const PageState& state) {
      print_line("");
      print_lines(page_text(lesson, state, notes));
    });
  } catch (const EvaluationStopped&) {
    return kInterrupted;
  }
  return 0;
}

// "guess_1", "task_2".
TableColumn column_of(const GradedItem& item) {
  const std::string page = std::to_string(item.page);
  if (item.is_task)
    return {.id = "task_" + page,
            .label = "task of page " + page,
            .help = "done or not done; empty where the session has not come there."};
  return {.id = "guess_" + page,
          .label = "guess of page " + page,
          .help = "Its distance from what is right; empty where the session has none."};
}

std::string cell_of(const GradedItem& item) {
  if (!item.is_there) return "";
  if (!item.is_task) return exact(item.gap);
  return item.is_done ? "done" : "not done";
}

// One row a session: its file, guesses made and tasks done, then an item each.
class GradeTable {
 public:
  void add(const std::string& file, const std::vector<GradedItem>& items) {
    if (rows_.empty())
      for (const GradedItem& item : items) columns_.push_back(column_of(item));
    int guesses = 0, tasks = 0;
    for (const GradedItem& item : items) {
      guesses += !item.is_task && item.is_there ? 1 : 0;
      tasks += item.is_done ? 1 : 0;
    }
    std::vector<std::string>& row = rows_.emplace_back();
    row = {file, std::to_string(guesses), std::to_string(tasks)};
    for (const GradedItem& item : items) row.push_back(cell_of(item));
  }
  bool empty() const { return rows_.empty(); }
  // With what says of each column what it holds beside it.
  void write(const std::string& path, const Lesson& lesson) const {
    TableFile file(path, columns_);
    for (const auto& row : rows_) {
      std::string line;
      for (const std::string& cell : row) line += (line.empty() ? "" : ",") + csv_field(cell);
      file.write(line + "\n");
    }
    file.commit({{"format", 1},
                 {"program", std::string("iemlab ") + std::string(kVersion)},
                 {"table", "grade"},
                 {"lesson", lesson.title}});
  }
  std::string aligned() const {
    std::string out;
    if (rows_.empty()) return out;
    std::vector<std::vector<std::string>> rows(1);
    for (const TableColumn& column : columns_) rows[0].push_back(column.id);
    rows.insert(rows.end(), rows_.begin(), rows_.end());
    for (const auto& row : rows) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        std::size_t width = 0;
        for (const auto& each : rows) width = std::max(width, width_of(each[i]));
        line += padded(row[i], width + 2);
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out += line + "\n";
    }
    return out;
  }

 private:
  std::vector<TableColumn> columns_ = {{.id = "session", .label = "session", .help = "Its file."},
                                       {.id = "guesses", .label = "guesses made"},
                                       {.id = "tasks", .label = "tasks done"}};
  std::vector<std::vector<std::string>> rows_;
};

// The lesson's own file, and those that its pages open.
std::vector<NamedFile> files_read(const LessonOptions& options, const Lesson& lesson) {
  std::error_code error;
  std::vector<NamedFile> out;
  if (std::filesystem::is_regular_file(options.lesson, error)) out.push_back({"the lesson", options.lesson});
  for (const LessonPage& page : lesson.pages) {
    if (!page.moment.scene) continue;
    const std::string scene = scene_beside(lesson.file, page.moment.scene->name);
    if (is_replay(scene)) {
      out.push_back({"the saved run", panel_name(scene).file});
      continue;
    }
    try {
      Scene opened = load_scene(scene);
      std::ranges::move(input_files(scene, opened), std::back_inserter(out));
      for (const LessonSetting& setting : page.moment.set) {
        if (setting.key != "data.path") continue;
        opened.config.set(setting.key, setting.value);
        std::ranges::move(input_files(scene, opened), std::back_inserter(out));
      }
    } catch (const InputError&) {  // said where the page is played
    }
  }
  return out;
}

// The error, with the session it is of.
std::string said_of(const std::string& file, const InputError& error) {
  const bool named = error.at().file.find(file) != std::string::npos;
  return named ? std::string(error.what()) : file + ": " + error.what();
}

// Says what speaks against a session's own run. Its guesses and tasks stand beside that run, and each task
// has a run of its own, so they are graded all the same.
void note_what_differs(const std::string& file, const std::shared_ptr<ThreadPool>& pool) try {
  const LoadedSession session =
      load_replay(file, pool, [](std::int64_t, std::int64_t) { return !interrupted(); });
  if (!session.parted.empty()) say_note(file + ": its own run is not what it says: " + session.parted);
} catch (const InputError& error) {
  say_note(said_of(file, error) + " (its own run was not replayed)");
}

int grade_command(const LessonOptions& options, const Lesson& lesson,
                  const std::shared_ptr<ThreadPool>& pool) {
  if (!options.table.empty()) {
    std::vector<NamedFile> inputs = files_read(options, lesson);
    for (const std::string& file : options.grade) inputs.push_back({"a session", file});
    std::vector<NamedFile> outputs = {{"--table", options.table}};
    add_description("--table", options.table, outputs);
    check_inputs_are_kept(outputs, inputs);
    require_table_name(options.table);
    for (const NamedFile& file : outputs) require_writable(file.file);
  }
  note_interrupts();
  int code = 0;
  GradeTable table;
  try {
    const LessonKey key(lesson, pool, interrupted);
    for (const std::string& file : options.grade) try {
        const std::vector<GradedItem> items = key.grade(lesson_of_replay(file));
        note_what_differs(file, pool);
        if (interrupted()) return kInterrupted;
        table.add(file, items);
        for (const GradedItem& item : items)
          if (!item.why.empty()) say_note(file + ": page " + std::to_string(item.page) + ": " + item.why);
      } catch (const InputError& error) {
        say_error(said_of(file, error));
        if (code == 0) code = static_cast<int>(error.kind());
      }
  } catch (const EvaluationStopped&) {
    return kInterrupted;
  }
  if (options.table.empty())
    print_lines(table.aligned());
  else if (!table.empty())
    table.write(options.table, lesson);
  return code;
}

int handout_command(const LessonOptions& options, const Lesson& lesson,
                    const std::shared_ptr<ThreadPool>& pool) {
  if (!options.handout.ends_with(".pdf"))
    throw InputError("--handout: '" + printable(options.handout) + "' is no .pdf");
  const Paper paper = paper_from_name(options.paper.empty() ? "a4" : options.paper);
  check_inputs_are_kept({{"--handout", options.handout}}, files_read(options, lesson));
  require_writable(options.handout);
  note_interrupts();
  try {
    write_file_atomically(options.handout, handout_as_pdf(lesson, paper, options.key, pool, interrupted));
  } catch (const EvaluationStopped&) {
    return kInterrupted;
  }
  return 0;
}

void check_lesson_options(const LessonOptions& options) {
  if (options.check + options.text + !options.grade.empty() + !options.handout.empty() > 1)
    throw InputError("--check, --text, --grade and --handout: one of them at a time");
  if (options.key && options.handout.empty()) throw InputError("--key: has no effect without --handout");
  if (!options.paper.empty() && options.handout.empty())
    throw InputError("--paper: has no effect without --handout");
  if (options.notes && !options.text) throw InputError("--notes: has no effect without --text");
  if (!options.table.empty() && options.grade.empty())
    throw InputError("--table: has no effect without --grade");
}

}  // namespace

int lesson_command(const LessonOptions& options, const WindowHooks& hooks) {
  const Lesson lesson = load_lesson(options.lesson);
  check_lesson_options(options);
  const auto pool = std::make_shared<ThreadPool>(0);
  if (options.check) return check_lesson_command(lesson, pool);
  if (options.text) return print_lesson(lesson, pool, options.notes);
  if (!options.grade.empty()) return grade_command(options, lesson, pool);
  if (!options.handout.empty()) return handout_command(options, lesson, pool);
  if (!hooks.open_lesson)
    throw InputError("this program has no window for lessons; --text prints one and --check plays it", {},
                     ErrorKind::missing);
  hooks.open_lesson(lesson);
  return 0;
}

}  // namespace iem::cli
