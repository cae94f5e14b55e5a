package io.signalbox.mesh.balance;

/** What a balancer learns of one call to one endpoint. Time runs from its making. */
public interface CallWatch {

    /** The head of an answer has come that is no failure. */
    void answered();

    /** The call failed, before or after an answer's head. */
    void failed();

    /** Nobody waits for the answer any more; no head has come so far. */
    void abandoned();
}
