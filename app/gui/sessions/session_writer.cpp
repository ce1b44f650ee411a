#include "app/gui/sessions/session_writer.h"

#include <filesystem>
#include <utility>

#include "app/gui/look/text.h"
#include "core/base/atomic_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "imgui.h"

namespace iem::gui {

std::string session_file(const std::string& name) {
  return std::filesystem::path(name).extension().empty() ? name + ".iemlab" : name;
}

void SessionWriter::save(Desk& desk, std::string path) { ask(desk, std::move(path)); }

void SessionWriter::copy_line(Desk& desk) { ask(desk, {}); }

// A copy of the run is taken on the engine's thread, which costs little, and written on another.
void SessionWriter::ask(Desk& desk, std::string path) {
  auto copy = std::make_shared<std::promise<Run>>();
  asked_.push_back({std::move(path), copy->get_future().share(), desk.view().config});
  desk.engine().look([copy](const Run& run) { copy->set_value(run); });
  desk.engine().pump();
}

SessionWriter::Written SessionWriter::write(const Asked& asked) {
  const Run& run = asked.run.get();
  if (asked.path.empty()) return {{}, write_state_string(run, asked.view)};
  write_file_atomically(asked.path, save_session(run, asked.view));
  return {asked.path, {}};
}

void SessionWriter::say(Desk& desk, const Outcome<Written>& done) {
  if (!done.value) return desk.notices().say(done.error, Notices::Tone::warn);
  if (!done.value->path.empty())
    return desk.notices().say(std::string(text::kSaved) + " " + done.value->path, Notices::Tone::good);
  const std::string& line = done.value->line;
  ImGui::SetClipboardText(line.c_str());
  desk.notices().say(std::string(line.empty() ? text::kLineTooLong : text::kLineCopied));
}

void SessionWriter::follow(Desk& desk) {
  if (job_.ready()) say(desk, job_.take());
  if (job_.running() || asked_.empty()) return;
  job_.start([asked = std::move(asked_.front())] { return write(asked); });
  asked_.pop_front();
}

}  // namespace iem::gui
