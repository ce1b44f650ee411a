// A moment as a person says it: "today 16:19", "yesterday 09:02", "12 Nov 16:19", "12 Nov 2024".
#pragma once

#include <ctime>
#include <string>

namespace iem::gui {

// In the time zone of the machine, seen from `now`.
std::string when_words(std::time_t when, std::time_t now);

}  // namespace iem::gui
