namespace Handoff.Transport.Handles.Frames;

// A frame or the reason why there is none. Id is known wherever the header could be read, so that it can be answered.
internal readonly record struct DecodedFrame(Frame? Frame, FrameError? Error, ulong Id);
