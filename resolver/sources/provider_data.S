// The provider facts as read-only octets of the library.
        .section .rodata,"a",%progbits

        .macro  facts name, file
        .globl  mailconf_provider_\name
        .hidden mailconf_provider_\name
        .type   mailconf_provider_\name, %object
        .globl  mailconf_provider_\name\()_end
        .hidden mailconf_provider_\name\()_end
mailconf_provider_\name:
        .incbin "\file"
mailconf_provider_\name\()_end:
        .size   mailconf_provider_\name, . - mailconf_provider_\name
        .endm

        facts   domains, "domains.tsv"
        facts   settings, "providers.jsonl"
        facts   sign_in, "oauth2.tsv"
        facts   notes, "notes.tsv"
        facts   dated, "dated.txt"
        facts   gateways, "gateways.tsv"

        .section .note.GNU-stack,"",%progbits
