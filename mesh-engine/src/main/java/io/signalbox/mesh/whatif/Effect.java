package io.signalbox.mesh.whatif;

/** One way in which a request would go otherwise; the fields are those of {@link Change}. */
record Effect(Change.Kind kind, String from, String to) {

    static Effect of(Change.Kind kind) {
        return new Effect(kind, "", "");
    }

    static Effect to(Change.Kind kind, String to) {
        return new Effect(kind, "", to);
    }
}
