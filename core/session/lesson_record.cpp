#include "core/session/lesson_record.h"

#include <charconv>
#include <utility>

#include "core/base/utf8.h"
#include "core/config/config.h"
#include "core/config/toml_values.h"
#include "core/session/state_string.h"

namespace iem {
namespace {

constexpr std::int64_t kMostRecordPages = 1000;

std::string row_of(const char* key, const std::vector<double>& numbers) {
  return std::string(key) + " = " + to_toml(Tensor{{static_cast<std::int64_t>(numbers.size())}, numbers}) +
         "\n";
}

int page_in(const TomlEntry& entry) {
  const auto* page = std::get_if<std::int64_t>(&entry.value);
  if (page == nullptr || *page < 1 || *page > kMostRecordPages)
    throw value_error(entry.key, entry.value, "must be a whole number from 1 to 1000", entry.value_at);
  return static_cast<int>(*page);
}

std::string word_in(const TomlEntry& entry) {
  const auto* text = std::get_if<std::string>(&entry.value);
  if (text == nullptr || text->size() > kLongestStateString)
    throw value_error(entry.key, entry.value, "must be a string", entry.value_at);
  return *text;
}

std::vector<double> row_in(const TomlEntry& entry) {
  const auto* row = std::get_if<Tensor>(&entry.value);
  if (row == nullptr || (row->shape.size() != 1 && !row->data.empty()))
    throw value_error(entry.key, entry.value, "must be a list of numbers", entry.value_at);
  return row->data;
}

// The table "answer[3]" of a list, and the key in it, of "answer[3].page"; where there is no such table, or
// the entry is of another list, the key is empty.
template <class Table>
std::pair<Table*, std::string> table_in(std::string_view key, std::string_view list,
                                        std::vector<Table>& tables) {
  std::size_t index = 0;
  if (!key.starts_with(list) || !key.substr(list.size()).starts_with("[")) return {};
  key.remove_prefix(list.size() + 1);
  const char* end = std::from_chars(key.data(), key.data() + key.size(), index).ptr;
  key.remove_prefix(static_cast<std::size_t>(end - key.data()));
  if (index >= tables.size() || !key.starts_with("].")) return {};
  return {&tables[index], std::string(key.substr(2))};
}

// All tables of a list come before what stands in them.
void read_record_entry(const TomlEntry& entry, LessonRecord& out) {
  const std::string& key = entry.key;
  if (entry.is_table) {
    if (key == "answer[" + std::to_string(out.answers.size()) + "]") out.answers.emplace_back();
    if (key == "task[" + std::to_string(out.tasks.size()) + "]") out.tasks.emplace_back();
    if (key.starts_with("answer") || key.starts_with("task")) return;
  }
  if (entry.problem) throw InputError(*entry.problem);
  const auto [answer, of_answer] = table_in(key, "answer", out.answers);
  const auto [task, of_task] = table_in(key, "task", out.tasks);
  if (key == "lesson")
    out.lesson = word_in(entry);
  else if (key == "page")
    out.page = page_in(entry);
  else if (of_answer == "page")
    answer->page = page_in(entry);
  else if (of_answer == "x" || of_answer == "y")
    (of_answer == "x" ? answer->x : answer->y) = row_in(entry);
  else if (of_task == "page")
    task->page = page_in(entry);
  else if (of_task == "state")
    task->state = word_in(entry);
  else
    throw InputError("unknown key " + printable(key), entry.key_at);
}

}  // namespace

std::string write_lesson_record(const LessonRecord& record) {
  if (record.lesson.empty()) return "";
  std::string out = "lesson = " + to_toml(record.lesson) + "\npage = " + std::to_string(record.page) + "\n";
  for (const LessonRecord::Answer& answer : record.answers)
    out += "[[answer]]\npage = " + std::to_string(answer.page) + "\n" + row_of("x", answer.x) +
           row_of("y", answer.y);
  for (const LessonRecord::Task& task : record.tasks)
    out += "[[task]]\npage = " + std::to_string(task.page) + "\nstate = " + to_toml(task.state) + "\n";
  return out;
}

LessonRecord read_lesson_record(std::string_view text, const std::string& file) {
  LessonRecord out;
  for (const TomlEntry& entry : read_toml(text, file)) read_record_entry(entry, out);
  if (!text.empty() && out.lesson.empty()) throw InputError("lesson: its id is missing", {file});
  return out;
}

}  // namespace iem
