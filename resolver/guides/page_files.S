// The files as read-only octets of the library: name, NUL, text, NUL. CMake writes the list of them.
        .macro  page_file name
        .asciz  "\name"
        .incbin "\name"
        .byte   0
        .endm

        .section .rodata,"a",%progbits
        .globl  mailconf_page_files
        .hidden mailconf_page_files
        .type   mailconf_page_files, %object
        .globl  mailconf_page_files_end
        .hidden mailconf_page_files_end
mailconf_page_files:
        .include "page_files.inc"
mailconf_page_files_end:
        .size   mailconf_page_files, . - mailconf_page_files

        .section .note.GNU-stack,"",%progbits
