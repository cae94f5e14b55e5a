package io.signalbox.shop.load;

/** One request that a shopper is going to make; {@code body} is JSON, or empty. */
public record Visit(String shopper, String method, String path, String body) {}
