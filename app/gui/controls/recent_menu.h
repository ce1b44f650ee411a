// Recent work: the sessions that are kept, and the files that were opened.
#pragma once

#include <string>
#include <vector>

#include "app/gui/sessions/kept_sessions.h"

namespace iem::gui {

// Its lines in an open menu, a rule above each part. The path that was chosen; empty: none.
std::string recent_lines(const std::vector<KeptSession>& sessions);

// "step 27, yesterday 16:19".
std::string session_words(const KeptSession& session);

// Paths opened before, the latest first; kept with the settings.
std::vector<std::string> recent_scenes();
void remember_scene(const std::string& path);

}  // namespace iem::gui
