#include "app/gui/sessions/session_writer.h"

#include <filesystem>
#include <utility>

#include "app/gui/look/link_text.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/window_platform.h"
#include "core/base/atomic_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "imgui.h"

namespace iem::gui {

std::string session_file(const std::string& name) {
  return std::filesystem::path(name).extension().empty() ? name + ".iemlab" : name;
}

// The files that were asked for are written all the same; a line would come too late for the clipboard.
SessionWriter::~SessionWriter() {
  if (job_.running())
    if (const Outcome<Written> done = job_.take(); !done.value) say_without_window(done.error);
  for (const Asked& asked : asked_) {
    if (asked.path.empty()) continue;
    try {
      write(asked);
    } catch (...) {
      say_without_window(words_of_exception());
    }
  }
}

void SessionWriter::save(PanelContext& context, std::string path) { ask(context, std::move(path)); }

void SessionWriter::copy_line(PanelContext& context) { ask(context, {}); }

void SessionWriter::copy_link(PanelContext& context) { ask(context, {}, true); }

// A copy of the run is taken on the engine's thread, which costs little, and written on another.
void SessionWriter::ask(PanelContext& context, std::string path, bool as_link) {
  auto copy = std::make_shared<std::promise<Run>>();
  asked_.push_back(
      {std::move(path), as_link, copy->get_future().share(), context.view().config, context.lesson_record()});
  context.engine().look([copy](const Run& run) { copy->set_value(run); });
  context.engine().pump();
}

SessionWriter::Written SessionWriter::write(const Asked& asked) {
  const Run& run = asked.run.get();
  if (asked.path.empty()) {
    std::string line = write_state_string(run, asked.view);
    if (asked.as_link && !line.empty()) line = link_to(line);
    return {{}, std::move(line), asked.as_link, run.doubt()};
  }
  write_file_atomically(asked.path, save_session(run, asked.view, SessionFor::file, asked.lesson));
  return {.path = asked.path, .line = {}, .doubt = run.doubt()};
}

void SessionWriter::say(PanelContext& context, const Outcome<Written>& done) {
  if (!writing_.empty()) ended_ = {writing_, done.value ? std::string() : done.error};
  if (!done.value && !writing_.empty()) return;
  if (!done.value) return context.notices().say(done.error, Notices::Tone::warn);
  const std::string& doubt = done.value->doubt;
  if (!done.value->path.empty()) {
    const std::string saved = std::string(text::kSaved) + " " + done.value->path;
    return doubt.empty() ? context.notices().say(saved, Notices::Tone::good)
                         : context.notices().say(saved + ". " + doubt, Notices::Tone::warn);
  }
  const std::string& line = done.value->line;
  ImGui::SetClipboardText(line.c_str());
  context.notices().say(std::string(line.empty()          ? text::kLineTooLong
                                    : done.value->is_link ? text::kLinkCopied
                                                          : text::kLineCopied) +
                        (doubt.empty() ? "" : " ") + doubt);
}

void SessionWriter::follow(PanelContext& context) {
  if (job_.ready()) say(context, job_.take());
  if (job_.running() || asked_.empty()) return;
  writing_ = asked_.front().path;
  job_.start([asked = std::move(asked_.front())] { return write(asked); });
  asked_.pop_front();
}

}  // namespace iem::gui
