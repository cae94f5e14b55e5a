package io.signalbox.mesh.model;

/** Who gave an answer: the application at the far end, or the mesh on its behalf. */
public enum AnsweredBy {
    UPSTREAM,
    MESH
}
