#include "core/lesson/read_lesson.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/config.h"
#include "core/data/table_reader.h"
#include "core/lesson/lesson_toml.h"
#include "core/lesson/lessons.h"
#include "core/lesson/lines.h"

namespace iem {
namespace {

constexpr std::size_t kLargestLessonMib = 1, kMostPages = 200, kLongestHeading = 200, kLongestFront = 1000;
constexpr int kMostMinutesOfLesson = 600, kLastOrder = 10'000;
constexpr std::string_view kMomentFence = "iemlab", kFront = "---";

// Appends lines to a text. A gap, where lines of another kind stand between, becomes an empty line; several
// empty lines become one, except within code.
class TextWriter {
 public:
  explicit TextWriter(LessonText& text) : text_(text) {}
  void add(std::string_view line, const SourcePosition& at, bool is_code = false) {
    if (!is_code && without_blanks_around(line).empty()) return gap();
    if (gap_ && !text_.lines.empty()) write("", at);
    gap_ = false;
    write(line, at);
  }
  void gap() { gap_ = true; }

 private:
  void write(std::string_view line, const SourcePosition& at) {
    if (!text_.lines.empty()) text_.markdown += '\n';
    text_.markdown += line;
    text_.lines.push_back(at);
  }
  LessonText& text_;
  bool gap_ = false;
};

class LessonReader {
 public:
  LessonReader(std::string_view text, const std::string& file) : lines_(lines_of_lesson(text, file)) {
    out_.file = file;
    out_.id = std::filesystem::path(file).stem().string();
  }

  Lesson read() {
    read_front();
    while (at_ < lines_.size()) {
      if (lines_[at_].starts_with("# ")) {
        read_page();
      } else if (without_blanks_around(lines_[at_]).empty()) {
        ++at_;
      } else {
        throw InputError("a page begins with its heading, # and words", place());
      }
    }
    if (out_.pages.empty())
      throw InputError("a lesson has at least one page, which begins with # and its heading",
                       {out_.file, 1, 1});
    if (!out_.pages[0].moment.scene)
      throw InputError("the first page has no scene: its moment, ```iemlab, says scene = \"NAME\"",
                       out_.pages[0].at);
    if (out_.title.empty()) out_.title = out_.id;
    return std::move(out_);
  }

 private:
  SourcePosition place(int column = 1) const { return {out_.file, static_cast<int>(at_) + 1, column}; }
  // The place of a part of the present line.
  SourcePosition place_of(std::string_view part) const {
    const std::string_view line = lines_[at_];
    return place(letters(line.substr(0, static_cast<std::size_t>(part.data() - line.data()))) + 1);
  }

  void read_front() {
    if (lines_.empty() || without_blanks_around(lines_[0]) != kFront) return;
    std::vector<std::string> seen;
    for (at_ = 1; at_ < lines_.size(); ++at_) {
      const std::string_view line = without_blanks_around(lines_[at_]);
      if (line == kFront) {
        ++at_;
        return;
      }
      if (!line.empty() && line.front() != '#') read_front_line(line, seen);
    }
    at_ = 0;
    throw InputError("the front matter does not end: another line --- is missing", place());
  }

  void read_front_line(std::string_view line, std::vector<std::string>& seen) {
    static const std::vector<std::string> kKeys = {"title", "minutes", "for", "about", "order"};
    const std::size_t colon = line.find(':');
    const std::string key(without_blanks_around(line.substr(0, colon)));
    if (colon == std::string_view::npos)
      throw InputError("a line of the front matter is key: value, such as title: Two arrows", place_of(line));
    if (std::ranges::find(kKeys, key) == kKeys.end()) {
      const std::string near = nearest_word(key, kKeys);
      throw InputError("unknown key " + printable(key) +
                           (near.empty() ? ": must be one of " + listed_words(kKeys, "or")
                                         : "; did you mean " + near + "?"),
                       place_of(line));
    }
    if (std::ranges::find(seen, key) != seen.end())
      throw InputError(key + ": is given twice", place_of(line));
    seen.push_back(key);
    std::string_view value = without_blanks_around(line.substr(colon + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    take_front(key, value, value.empty() ? place_of(line) : place_of(value));
  }

  void take_front(const std::string& key, std::string_view value, const SourcePosition& at) {
    if (value.empty() || value.size() > kLongestFront)
      throw InputError(key + ": must be 1 to " + std::to_string(kLongestFront) + " bytes long", at);
    if (key == "title") out_.title = value;
    if (key == "for") out_.audience = value;
    if (key == "about") out_.about = value;
    if (key == "minutes") out_.minutes = front_number(key, value, 1, kMostMinutesOfLesson, at);
    if (key == "order") out_.order = front_number(key, value, 0, kLastOrder, at);
  }

  static int front_number(const std::string& key, std::string_view value, int least, int most,
                          const SourcePosition& at) {
    int number = least - 1;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || number < least || number > most)
      throw InputError(key + ": " + printable(value) + ": must be a whole number from " +
                           std::to_string(least) + " to " + std::to_string(most),
                       at);
    return number;
  }

  void read_page() {
    if (out_.pages.size() == kMostPages)
      throw InputError("more than " + std::to_string(kMostPages) + " pages", place());
    LessonPage& page = out_.pages.emplace_back();
    page.at = page.moment.at = place();
    page.heading = without_blanks_around(lines_[at_].substr(2));
    if (page.heading.empty() || page.heading.size() > kLongestHeading)
      throw InputError("a heading is 1 to " + std::to_string(kLongestHeading) + " bytes long", place());
    ++at_;
    while (at_ < lines_.size() && without_blanks_around(lines_[at_]).empty()) ++at_;
    if (at_ < lines_.size() && is_moment(lines_[at_])) take_moment(page);
    TextWriter body(page.body), reveal(page.reveal), notes(page.notes);
    while (at_ < lines_.size() && !lines_[at_].starts_with("# ")) {
      const std::string_view line = lines_[at_];
      if (is_moment(line))
        throw InputError("the moment of a page stands right after its heading, once", place());
      if (fence_of(line).sign != 0) {
        take_code(body);
        continue;
      }
      const bool marks = !line.empty() && std::string_view("?!>=").find(line[0]) != std::string_view::npos &&
                         (line.size() == 1 || line[1] == ' ');
      if (!marks || line[0] != '!') reveal.gap();
      if (!marks || line[0] != '>') notes.gap();
      if (!marks) {
        body.add(line, place());
      } else {
        body.gap();
        take_marker(page, reveal, notes);
      }
      ++at_;
    }
    check_page(page);
  }

  static bool is_moment(std::string_view line) { return fence_of(line).info == kMomentFence; }

  // The lines of a fence as one text; afterwards the present line is the one behind it.
  void take_moment(LessonPage& page) {
    const std::size_t begin = at_;
    const SourcePosition at = place();
    const Fence fence = fence_of(lines_[at_]);
    std::string toml;
    for (++at_; at_ < lines_.size() && !fence.is_closed_by(lines_[at_]); ++at_)
      toml += std::string(lines_[at_]) + "\n";
    if (at_ == lines_.size()) throw InputError("the moment does not end: a line ``` is missing", at);
    page.moment = read_moment(toml, static_cast<int>(begin) + 2, at);
    ++at_;
  }

  void take_code(TextWriter& body) {
    const SourcePosition at = place();
    const Fence fence = fence_of(lines_[at_]);
    body.add(lines_[at_], place(), true);
    for (++at_; at_ < lines_.size(); ++at_) {
      body.add(lines_[at_], place(), true);
      if (fence.is_closed_by(lines_[at_])) {
        ++at_;
        return;
      }
    }
    throw InputError("the fence of code does not end", at);
  }

  void take_marker(LessonPage& page, TextWriter& reveal, TextWriter& notes) {
    const std::string_view line = lines_[at_], rest = line.substr(std::min<std::size_t>(line.size(), 2));
    if (line[0] == '!') reveal.add(rest, place(3));
    if (line[0] == '>') notes.add(rest, place(3));
    if (line[0] == '=') take_task(page, without_blanks_around(rest));
    if (line[0] != '?') return;
    if (page.question) throw InputError("a page asks one question", place());
    if (without_blanks_around(rest).empty())
      throw InputError("what is asked is missing: ? ask = \"...\"", place());
    page.question = read_question(rest, place(3));
  }

  void take_task(LessonPage& page, std::string_view words) {
    const std::size_t colon = words.find(':');
    const std::string key(without_blanks_around(words.substr(0, colon)));
    if (colon == std::string_view::npos || (key != "say" && key != "state" && key != "by"))
      throw InputError("a line of the task is = say: words, = state: condition, or = by: steps = 40",
                       place());
    const std::string_view value = without_blanks_around(words.substr(colon + 1));
    if (value.empty()) throw InputError("= " + key + ": something must follow", place());
    if (!page.task) page.task.emplace().at = place();
    LessonTask& task = *page.task;
    SourcePosition& at = key == "say" ? task.say_at : key == "state" ? task.state_at : task.by_at;
    if (at.line > 0) throw InputError("= " + key + ": is given twice", place());
    at = place_of(value);
    if (key == "say") task.say = value;
    if (key == "by") read_by(value, at, task);
    if (key != "state") return;
    task.state = value;
    try {
      task.condition = parse_expression(value);
    } catch (const InputError& error) {
      throw InputError("= state: " + error.message(), at);
    }
  }

  static void check_page(const LessonPage& page) {
    if (page.task && page.task->state.empty())
      throw InputError("the task has no condition: = state: loss < 2.2", page.task->at);
    if (!page.reveal.empty() && !page.question)
      throw InputError("! is shown after a guess, and this page asks nothing", page.reveal.lines[0]);
  }

  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;  // the present line
  Lesson out_;
};

}  // namespace

Lesson read_lesson(std::string_view text, const std::string& file) { return LessonReader(text, file).read(); }

Lesson load_lesson(const std::string& path_or_name) {
  if (const Lesson* lesson = find_lesson(path_or_name)) return *lesson;
  std::error_code ignored;  // a name may be longer than any file's
  if (path_or_name.find('/') != std::string::npos || path_or_name.ends_with(".md") ||
      std::filesystem::exists(path_or_name, ignored))
    return read_lesson(read_file(path_or_name, kLargestLessonMib), path_or_name);
  const std::string near = nearest_word(path_or_name, lesson_names());
  throw InputError("no lesson or file \"" + printable(path_or_name) + "\"" +
                   (near.empty() ? "" : "; did you mean " + near + "?") +
                   " (`iemlab list lessons` lists the built-in ones)");
}

}  // namespace iem
