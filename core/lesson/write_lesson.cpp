#include "core/lesson/write_lesson.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core/base/utf8.h"
#include "core/config/toml_values.h"
#include "core/lesson/lesson_toml.h"
#include "core/lesson/lines.h"
#include "core/lesson/read_lesson.h"

namespace iem {
namespace {

constexpr std::string_view kOpens = "```iemlab", kCloses = "```";

std::string names_text(const std::vector<LessonName>& names) {
  std::vector<std::string> words;
  for (const LessonName& name : names) words.push_back(name.name);
  return words.empty() ? "[]" : to_toml(words);
}

std::string settings_text(const std::vector<LessonSetting>& set) {
  std::string out;
  for (const LessonSetting& setting : set)
    out += (out.empty() ? "{ " : ", ") + to_toml(setting.key) + " = " + to_toml(setting.value);
  return out + " }";
}

// Everything that a page says, without its places: two pages with the same print mean the same.
std::string print_of(const LessonPage& page) {
  std::string out = page.heading + "\n" + moment_text(page.moment) + "\n" + page.body.markdown + "\n" +
                    page.reveal.markdown + "\n" + page.notes.markdown + "\n";
  if (page.question) {
    const Question& asked = *page.question;
    out += std::to_string(static_cast<int>(asked.kind)) + asked.ask + "\n" + asked.subject.name + "\n";
    for (const std::string& choice : asked.choices) out += choice + "\n";
    out += std::to_string(asked.answer) + " " + std::to_string(asked.then) + "\n";
  }
  if (page.task)
    out += page.task->say + "\n" + page.task->state + "\n" + std::to_string(page.task->steps) +
           settings_text(page.task->set);
  return out;
}

std::vector<std::string> prints_of(const Lesson& lesson) {
  std::vector<std::string> out;
  for (const LessonPage& page : lesson.pages) out.push_back(print_of(page));
  return out;
}

// --- bytes ---

// The lines of a text with their ends.
std::vector<std::string_view> whole_lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    out.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

std::string_view end_of(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

std::string with_ends(std::string_view words, std::string_view end) {
  std::string out;
  for (const char c : words) {
    if (c == '\n')
      out += end;
    else
      out += c;
  }
  return out;
}

// A page from its heading to its last word, and the empty lines behind it. Pages change places without these:
// the last one has none, or a file ends with as many as its author likes.
struct PageBytes {
  std::string words, gap;
};

struct LessonBytes {
  Lesson lesson;
  std::string_view end;  // of lines
  std::string head;      // what stands before the first page, a byte order mark included
  std::vector<PageBytes> pages;

  std::string text() const {
    std::string out = head;
    for (const PageBytes& page : pages) out += page.words + page.gap;
    return out;
  }
};

LessonBytes bytes_of(std::string_view text, const std::string& file) {
  LessonBytes out{read_lesson(text, file), end_of(text), {}, {}};
  const std::vector<std::string_view> lines = whole_lines(text);
  std::vector<std::size_t> begins;
  for (const LessonPage& page : out.lesson.pages) {
    const std::string_view line = lines[static_cast<std::size_t>(page.at.line) - 1];
    const std::size_t mark = line.starts_with(kUtf8Bom) ? kUtf8Bom.size() : 0;
    begins.push_back(static_cast<std::size_t>(line.data() - text.data()) + mark);
  }
  out.head = text.substr(0, begins.front());
  begins.push_back(text.size());
  for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
    const std::string_view page = text.substr(begins[i], begins[i + 1] - begins[i]);
    const std::size_t words = page.find_last_not_of(" \t\r\n") + 1;
    out.pages.push_back({std::string(page.substr(0, words)), std::string(page.substr(words))});
  }
  return out;
}

// The text, if it reads as these pages.
std::string checked(std::string text, const std::string& file, const std::vector<std::string>& prints) {
  if (prints_of(read_lesson(text, file)) != prints)
    throw InputError("the lesson would say something else afterwards: nothing was changed", {file});
  return text;
}

void require_page(const LessonBytes& lesson, std::size_t page) {
  if (page >= lesson.pages.size())
    throw InputError("there is no page " + std::to_string(page + 1), {lesson.lesson.file});
}

void require_first_scene(const LessonPage& first, const SourcePosition& at) {
  if (first.moment.scene) return;
  throw InputError("\"" + printable(first.heading) +
                       "\" goes on with the run of the page before it and cannot be the first",
                   at);
}

std::string page_text(const NewPage& page, std::string_view end) {
  std::string out = "# " + page.heading + std::string(end) + std::string(kOpens) + std::string(end) +
                    moment_text(page.moment, end) + std::string(kCloses);
  if (!page.words.empty()) out += std::string(end) + with_ends(page.words, end);
  return out;
}

std::string print_of(const NewPage& page, const std::string& file) {
  return print_of(read_lesson(page_text(page, "\n"), file).pages.at(0));
}

// --- the moment of a page ---

// The keys that say where a page begins.
constexpr std::array<std::string_view, 5> kBegins = {"scene", "step", "set", "play", "speed"};

bool is_comment_or_empty(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos || line[first] == '#';
}

// The lines of a moment without those of the keys for which `goes` is true. A key's lines reach to the next
// key, except for comments and empty lines before that.
template <class Goes>
std::string kept_lines(std::span<const std::string_view> lines, const std::string& file, const Goes& goes) {
  std::string toml;
  for (const std::string_view line : lines) toml += line;
  std::vector<bool> is_kept(lines.size(), true);
  const std::vector<TomlEntry> entries = read_toml(toml, file);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!goes(std::string_view(entries[i].key).substr(0, entries[i].key.find('.')))) continue;
    const auto begin = static_cast<std::size_t>(entries[i].key_at.line) - 1;
    std::size_t end = lines.size();
    for (const TomlEntry& other : entries)
      if (const auto line = static_cast<std::size_t>(other.key_at.line) - 1; line > begin)
        end = std::min(end, line);
    while (end > begin + 1 && is_comment_or_empty(lines[end - 1])) --end;
    std::fill(is_kept.begin() + static_cast<std::ptrdiff_t>(begin),
              is_kept.begin() + static_cast<std::ptrdiff_t>(end), false);
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (is_kept[i]) out += lines[i];
  return out;
}

// A moment with what a page says of the window; the page's own lines go before the moment's.
Moment merged(Moment moment, const Moment& page) {
  if (page.show) moment.show = page.show;
  if (page.controls) moment.controls = page.controls;
  if (page.lock) moment.lock = page.lock;
  if (page.highlight) moment.highlight = page.highlight;
  if (page.cover) moment.cover = page.cover;
  return moment;
}

// What the page does not say itself.
Moment without(Moment moment, const Moment& page) {
  if (page.show) moment.show.reset();
  if (page.controls) moment.controls.reset();
  if (page.lock) moment.lock.reset();
  if (page.highlight) moment.highlight.reset();
  if (page.cover) moment.cover.reset();
  return moment;
}

// The page's words with another moment, where `page` says at which line it has one.
std::string with_moment_in(const std::string& words, const LessonPage& page, const Moment& moment,
                           std::string_view end, const std::string& file) {
  std::vector<std::string_view> lines = whole_lines(words);
  std::string heading(lines.front());
  if (!heading.ends_with('\n')) heading += end;
  const auto at = static_cast<std::size_t>(page.moment.at.line - page.at.line);
  std::string out, rest;
  if (at == 0) {  // it has none
    for (std::size_t i = 1; i < lines.size(); ++i) rest += lines[i];
    return heading + std::string(kOpens) + std::string(end) + moment_text(moment, end) +
           std::string(kCloses) + (rest.empty() ? "" : std::string(end)) + rest;
  }
  const auto bare = [](std::string_view line) { return line.substr(0, line.find_last_not_of("\r\n") + 1); };
  const Fence fence = fence_of(bare(lines[at]));
  std::size_t closes = at + 1;
  while (!fence.is_closed_by(bare(lines[closes]))) ++closes;
  const auto goes = [&](std::string_view key) { return std::ranges::find(kBegins, key) != kBegins.end(); };
  for (std::size_t i = 0; i <= at; ++i) out += lines[i];
  out += moment_text(without(moment, page.moment), end);
  out += kept_lines(std::span(lines).subspan(at + 1, closes - at - 1), file, goes);
  for (std::size_t i = closes; i < lines.size(); ++i) out += lines[i];
  return out;
}

}  // namespace

std::string moment_text(const Moment& moment, std::string_view end) {
  std::string out;
  const auto say = [&](const char* key, const std::string& value) {
    out += std::string(key) + " = " + value + std::string(end);
  };
  if (moment.scene) say("scene", to_toml(moment.scene->name));
  if (moment.step) say("step", std::to_string(*moment.step));
  if (!moment.set.empty()) say("set", settings_text(moment.set));
  if (moment.play != 0) say("play", std::to_string(moment.play));
  if (moment.speed != Moment().speed) say("speed", to_toml(moment.speed));
  if (moment.show) say("show", names_text(*moment.show));
  if (moment.controls) say("controls", names_text(*moment.controls));
  if (moment.lock) say("lock", *moment.lock ? "true" : "false");
  if (moment.highlight) say("highlight", names_text(*moment.highlight));
  if (moment.cover) say("cover", names_text(*moment.cover));
  return out;
}

std::string new_lesson(const std::string& title, const NewPage& page) {
  const std::string text = "---\ntitle: " + title + "\n---\n\n" + page_text(page, "\n") + "\n";
  return checked(text, "", {print_of(page, "")});
}

std::string with_page_behind(std::string_view text, const std::string& file, std::size_t page,
                             const NewPage& added) {
  LessonBytes lesson = bytes_of(text, file);
  require_page(lesson, page);
  std::vector<std::string> prints = prints_of(lesson.lesson);
  const auto next = static_cast<std::ptrdiff_t>(page) + 1;
  prints.insert(prints.begin() + next, print_of(added, file));
  PageBytes bytes{page_text(added, lesson.end), std::string(lesson.end) + std::string(lesson.end)};
  // What ends the file stays at its end.
  if (page + 1 == lesson.pages.size()) std::swap(bytes.gap, lesson.pages[page].gap);
  lesson.pages.insert(lesson.pages.begin() + next, std::move(bytes));
  return checked(lesson.text(), file, prints);
}

std::string without_page(std::string_view text, const std::string& file, std::size_t page) {
  LessonBytes lesson = bytes_of(text, file);
  require_page(lesson, page);
  if (lesson.pages.size() == 1) throw InputError("a lesson has at least one page", {file});
  const SourcePosition& at = lesson.lesson.pages[page].at;
  if (page == 0) require_first_scene(lesson.lesson.pages[1], at);
  std::vector<std::string> prints = prints_of(lesson.lesson);
  prints.erase(prints.begin() + static_cast<std::ptrdiff_t>(page));
  if (page + 1 == lesson.pages.size()) lesson.pages[page - 1].gap = lesson.pages[page].gap;
  lesson.pages.erase(lesson.pages.begin() + static_cast<std::ptrdiff_t>(page));
  return checked(lesson.text(), file, prints);
}

std::string with_pages_swapped(std::string_view text, const std::string& file, std::size_t page) {
  LessonBytes lesson = bytes_of(text, file);
  require_page(lesson, page + 1);
  if (page == 0) require_first_scene(lesson.lesson.pages[1], lesson.lesson.pages[1].at);
  std::vector<std::string> prints = prints_of(lesson.lesson);
  std::swap(prints[page], prints[page + 1]);
  std::swap(lesson.pages[page].words, lesson.pages[page + 1].words);
  return checked(lesson.text(), file, prints);
}

std::string with_moment(std::string_view text, const std::string& file, std::size_t page,
                        const Moment& moment) {
  LessonBytes lesson = bytes_of(text, file);
  require_page(lesson, page);
  LessonPage& changed = lesson.lesson.pages[page];
  std::string& words = lesson.pages[page].words;
  words = with_moment_in(words, changed, moment, lesson.end, file);
  changed.moment = merged(moment, changed.moment);
  return checked(lesson.text(), file, prints_of(lesson.lesson));
}

}  // namespace iem
