# The hot loops (core/kernel/*_isa.cpp) are compiled once for each instruction set and chosen at run time.

# iem_add_kernels(<target> [folder]): adds the objects to the target, which must not compile them itself. Headers
# are looked for in the folder first: another core/energy/list.h there makes kernels for other energies, and only those
# that depend on energies are compiled.
function(iem_add_kernels target)
  set(kernels baseline)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND kernels avx2 avx512)
    target_compile_definitions(${target} PRIVATE IEM_HAVE_X86_KERNELS=1)
  endif()
  # No -mfma: a fused product would round once where the baseline rounds twice, and the bits would differ.
  set(flags_baseline "")
  set(flags_avx2 -mavx2)
  set(flags_avx512 -mavx512f -mavx512dq -mprefer-vector-width=512)
  if(IEM_ZIG)  # takes away what is not asked for: here the registers of 64 bytes
    list(APPEND flags_avx512 -mevex512)
  endif()
  # What is written in lock-step stays so: without this GCC sorts it back into one chain after the other.
  set(flags_gcc $<$<CXX_COMPILER_ID:GNU>:-fno-tree-ter>)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/kernel/*_isa.cpp)
  if(ARGN)
    set(sources ${CMAKE_SOURCE_DIR}/core/kernel/pass_isa.cpp)
  endif()
  foreach(isa ${kernels})
    add_library(${target}_${isa} OBJECT ${sources})
    # The header's inline functions must really be inlined, in debug builds too; errno and traps are nobody's concern.
    target_compile_options(${target}_${isa} PRIVATE ${flags_${isa}} ${flags_gcc} -O2 -fno-math-errno -fno-trapping-math -Wno-psabi)
    target_compile_definitions(${target}_${isa} PRIVATE IEM_ISA=${isa})
    target_include_directories(${target}_${isa} PRIVATE ${ARGN})
    target_link_libraries(${target}_${isa} PRIVATE iem_flags Eigen3::Eigen)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${target}_${isa}>)
  endforeach()
endfunction()
