// A recording of the whole window: pictures that a script (picture_script.h) takes on its way, written as one
// animation.
#pragma once

#include <functional>
#include <string>

#include "app/export/animation/kept_pictures.h"

namespace iem::gui {

struct RecordingRequest {
  double fps = 25;
  // Called with each file before it is begun; throws where it must not be written.
  std::function<void(const std::string& path)> may_write;
  std::function<void(const std::string& path, double done)> writing;  // how much of it, from 0 to 1
  std::function<void(const std::string& path)> written;
};

class Recording {
 public:
  // Throws InputError when `path` has no format of animations (app/export/animation/formats.h) or cannot be
  // written.
  Recording(std::string path, const RecordingRequest& request);

  // Throws InputError when the pictures take more memory than is allowed to a recording.
  void add(const paint::Image& picture);
  // Writes the file, whole or not at all; nothing where there was no picture. `title` names the run.
  void finish(const std::string& title);

 private:
  std::string path_;
  const RecordingRequest& request_;
  KeptPictures pictures_;
};

}  // namespace iem::gui
