// OpenGL ES 3.0 of the browser (WebGL 2) in the place of OpenGL 3.3 core. It needs no loader.
#pragma once
#include <GLES3/gl3.h>
