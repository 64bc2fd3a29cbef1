// The templates as read-only octets of the library, each ended by NUL.
        .section .rodata,"a",%progbits
        .globl  mailconf_audit_html
        .hidden mailconf_audit_html
        .type   mailconf_audit_html, %object
mailconf_audit_html:
        .incbin "check.html.mustache"
        .byte   0
        .size   mailconf_audit_html, . - mailconf_audit_html

        .globl  mailconf_audit_markdown
        .hidden mailconf_audit_markdown
        .type   mailconf_audit_markdown, %object
mailconf_audit_markdown:
        .incbin "check.md.mustache"
        .byte   0
        .size   mailconf_audit_markdown, . - mailconf_audit_markdown

        .section .note.GNU-stack,"",%progbits
