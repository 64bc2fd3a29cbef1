// The provider facts as read-only octets of the library.
        .section .rodata,"a",%progbits
        .globl  mailconf_provider_domains
        .hidden mailconf_provider_domains
        .type   mailconf_provider_domains, %object
        .globl  mailconf_provider_domains_end
        .hidden mailconf_provider_domains_end
mailconf_provider_domains:
        .incbin "domains.tsv"
mailconf_provider_domains_end:
        .size   mailconf_provider_domains, . - mailconf_provider_domains

        .globl  mailconf_provider_facts
        .hidden mailconf_provider_facts
        .type   mailconf_provider_facts, %object
        .globl  mailconf_provider_facts_end
        .hidden mailconf_provider_facts_end
mailconf_provider_facts:
        .incbin "providers.jsonl"
mailconf_provider_facts_end:
        .size   mailconf_provider_facts, . - mailconf_provider_facts

        .globl  mailconf_provider_sign_in
        .hidden mailconf_provider_sign_in
        .type   mailconf_provider_sign_in, %object
        .globl  mailconf_provider_sign_in_end
        .hidden mailconf_provider_sign_in_end
mailconf_provider_sign_in:
        .incbin "oauth2.tsv"
mailconf_provider_sign_in_end:
        .size   mailconf_provider_sign_in, . - mailconf_provider_sign_in

        .section .note.GNU-stack,"",%progbits
