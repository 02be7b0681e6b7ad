namespace IotMqtt.Engine.Programs;

/// <summary>What must, and must not, be seen while all steps of a program are carried out: its <c>monitors</c>. It acts by its program's steps.</summary>
public sealed record MonitorNode : ActingNode;
