#include "app/gui/platform/job.h"

#include <cstdio>
#include <new>
#include <system_error>

#include "app/gui/look/text.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace iem::gui {

std::string words_of_exception() {
  try {
    throw;
  } catch (const InputError& error) {
    return error.what();
  } catch (const std::bad_alloc&) {
    return std::string(text::kNoMemory);
  } catch (const std::system_error& error) {
    return std::string(text::kMachineRefused) + " " + error.code().message() + ".";
  } catch (const std::exception& error) {
    return std::string(text::kInternalError) + " " + error.what();
  } catch (...) {
    return std::string(text::kInternalError);
  }
}

void say_without_window(const std::string& error) {
  std::fprintf(stderr, "iemlab: %s\n", terminal_text(error).c_str());
}

}  // namespace iem::gui
