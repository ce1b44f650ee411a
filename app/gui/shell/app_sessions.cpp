// Sessions in the window: autosave, offering, continuing, verifying and saving.
#include <filesystem>

#include "app/gui/look/link_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/file_dialog.h"
#include "app/gui/platform/window_platform.h"
#include "app/gui/shell/app.h"
#include "core/base/error.h"

namespace iem::gui {
namespace {

std::string not_kept(const std::string& why) { return word(text::kNotKept) + " " + why; }

}  // namespace

void App::keep_sessions(const std::string& folder, Clock clock) {
  try {
    if (folder.empty()) throw InputError(word(text::kNoHome));
    lessons_.keep_in(folder);
    keeper_ = std::make_unique<SessionKeeper>(
        engine_, folder, bell_, [&window = window_] { window.wake(); }, std::move(clock));
  } catch (const std::exception& error) {
    context_.notices().say(not_kept(error.what()), Notices::Tone::warn);
  }
}

// Passes the view to the keeper, and shows its problems as notices.
void App::collect_kept() {
  if (!keeper_) return;
  const ViewState& view = context_.view();
  if (view.revision != followed_view_ || context_.opened() != followed_opened_)
    keeper_->follow_view(context_.snapshot().opening, view.config);
  followed_view_ = view.revision;
  followed_opened_ = context_.opened();
  if (top_bar_.take_looking()) keeper_->look_again();
  if (const std::string trouble = keeper_->take_trouble(); !trouble.empty())
    context_.notices().say(not_kept(trouble), Notices::Tone::warn);
}

std::vector<KeptSession> App::kept() const { return keeper_ ? keeper_->kept() : std::vector<KeptSession>(); }

std::optional<KeptSession> App::offer() const {
  return keeper_ && !context_.view().only_stage ? keeper_->offer() : std::nullopt;
}

App::~App() { engine_.end_replays(); }  // the keeper waits for the engine, which may be replaying

void App::verify(const std::string& name, const std::shared_ptr<Past>& past, Verifier::Replay replay) {
  verifier_.begin(name, past, std::move(replay));
}

// What is not proven says so, wherever a line of steps is missing too.
void App::draw_standing(ImVec2 bottom) {
  if (const Parted* parted = verifier_.parted()) {
    const PartedAnswer answer = draw_parted_card(*parted, bottom);
    if (answer != PartedAnswer::none) {
      Parted answered = verifier_.take_parted();
      if (answer == PartedAnswer::show)
        adopt({.run = std::move(*answered.replayed), .name = {}, .remark = {}});
    }
  }
  if (const StandingWords* words = transport_.unsaid())
    words->draw_over({layout_.middle().min.x + px(24), layout_.middle().max.y - px(8)},
                     layout_.middle().max.x - layout_.middle().min.x - px(48));
}

// The name comes from a dialog that has asked about that very name; with the extension it may mean another
// file.
void App::save_as(const std::string& path) {
  if (session_of_ != context_.opened())
    return context_.notices().say(word(text::kSavedNothing), Notices::Tone::warn);
  const std::string file = session_file(path);
  std::error_code unknown;
  if (file != path && std::filesystem::exists(file, unknown))
    save_card_.open(file);
  else
    writer_.save(context_, file);
}

// A file that could not be written is no place to suggest.
void App::collect_saved() {
  if (session_of_ != context_.opened()) save_card_.close();  // it was about the run that was there
  writer_.follow(context_);
  const std::optional<SessionWriter::Ended> ended = writer_.take_ended();
  if (!ended) return;
  if (ended->error.empty()) saved_ = ended->path;
  if (save_card_.waits_for(ended->path))
    save_card_.answer(ended->error);
  else if (!ended->error.empty())
    context_.notices().say(ended->error, Notices::Tone::warn);
}

std::string App::lesson_link() const {
  if (!lessons_.is_open() || author_.file() != nullptr) return {};
  return link_to(address_of(lessons_.lesson(), lessons_.index()));
}

void App::copy_link() {
  const std::string lesson = lesson_link();
  if (lesson.empty()) return writer_.copy_link(context_);
  ImGui::SetClipboardText(lesson.c_str());
  context_.notices().say(word(text::kLessonLinkCopied));
}

void App::add_session_actions() {
  actions_.add({.id = "session.save",
                .label = word(text::action::kSaveSession),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_S},
                .run = [this] {
                  if (FileDialog::available() && !dialog_is_free(context_.notices())) return;
                  const std::string path = suggested_session(context_.snapshot().setup->scene.name, saved_);
                  session_of_ = context_.opened();
                  if (FileDialog::available())
                    file_dialog().ask_save("session.save", path);
                  else
                    save_card_.open(path);
                }});
  actions_.add({.id = "session.copy",
                .label = word(text::action::kCopySession),
                .chords = {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_C},
                .tells = true,
                .run = [this] { writer_.copy_line(context_); }});
  actions_.add({.id = "session.copy_link",
                .label = word(text::action::kCopyLink),
                .tells = true,
                .run = [this] { copy_link(); },
                .disabled = [] { return reason_if(link_to({}).empty(), text::kNoLinkBase); }});
  actions_.add({.id = "session.last",
                .label = word(text::action::kLastSession),
                .chords = {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O},
                .off_while_presenting = true,
                .run =
                    [this] {
                      // The one that the bar offers, where it does.
                      const std::optional<KeptSession> offered = keeper_->offer();
                      open(offered ? offered->path : kept().front().path);
                    },
                .disabled = [this] { return reason_if(kept().empty(), text::kNoLast); }});
  actions_.add({.id = "session.dismiss",
                .label = word(text::action::kDismissSession),
                .run = [this] { keeper_->dismiss(); },
                .disabled = [this] { return reason_if(!offer(), text::kNothingOffered); }});
}

}  // namespace iem::gui
