package io.signalbox.mesh.model;

/** What routing may look at: a request without its body. */
public interface RequestHead {

    /** In capitals as sent, such as {@code GET}. */
    String method();

    /** The path as sent, still encoded, without the query; begins with {@code /}. */
    String path();

    /** The query as sent, still encoded, without the question mark; empty when there is none. */
    default String query() {
        return "";
    }

    Headers headers();
}
