package io.signalbox.shop.demo;

/** In how many processes a demo runs. */
public enum Layout {
    /** All of it in the process that was started. */
    ONE_PROCESS,
    /** The control plane, and each instance with its sidecar, in a process of its own. */
    MULTI_PROCESS
}
