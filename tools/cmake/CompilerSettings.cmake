# One place for what every target of the project is compiled with.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# -O3 takes half as long again to compile and makes nothing here faster that anybody could measure.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

# Paths are cached as seen from the build folder, so that one clone warms the cache of the next.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=true
    CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

set(MAILCONF_SANITIZE "" CACHE STRING "Sanitizers for every target: address,undefined or thread")

add_library(mailconf_warnings INTERFACE)
target_compile_options(mailconf_warnings INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion>)
# In instrumented code g++ 12 sees overruns that are none; the other presets judge the same sources.
if(NOT MAILCONF_SANITIZE)
  target_compile_options(mailconf_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Werror>)
endif()
# g++ 12 sees overlapping copies in "text" + std::string where there are none (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(mailconf_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()

if(MAILCONF_SANITIZE)
  add_compile_options(-fsanitize=${MAILCONF_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MAILCONF_SANITIZE})
endif()

if(MAILCONF_BUILD_FUZZERS)
  # Coverage for libFuzzer; the fuzz targets alone link its main function.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_definitions($<$<COMPILE_LANGUAGE:CXX>:_FORTIFY_SOURCE=2>)
endif()
