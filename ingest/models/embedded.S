// The weights of the models as read-only data of the program (ingest/models/model_file.cc reads them in place).
    .section .rodata
    .balign 64
    .global dossier_fast_model_begin
    .type dossier_fast_model_begin, @object
dossier_fast_model_begin:
    .incbin DOSSIER_FAST_MODEL
    .global dossier_fast_model_end
    .type dossier_fast_model_end, @object
dossier_fast_model_end:
    .byte 0
    .balign 64
    .global dossier_accurate_model_begin
    .type dossier_accurate_model_begin, @object
dossier_accurate_model_begin:
    .incbin DOSSIER_ACCURATE_MODEL
    .global dossier_accurate_model_end
    .type dossier_accurate_model_end, @object
dossier_accurate_model_end:
    .byte 0
    .balign 64
    .global dossier_coref_model_begin
    .type dossier_coref_model_begin, @object
dossier_coref_model_begin:
    .incbin DOSSIER_COREF_MODEL
    .global dossier_coref_model_end
    .type dossier_coref_model_end, @object
dossier_coref_model_end:
    .byte 0
    .section .note.GNU-stack, "", @progbits
