<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="vi_VN">
<context>
    <name>ChoosePinScreen</name>
    <message>
        <source>Mã PIN mở khoá nhanh máy này khi bạn rời quầy một lát.</source>
        <translation>A PIN unlocks this machine quickly when you step away for a while.</translation>
    </message>
    <message>
        <source>Đặt mã PIN</source>
        <translation>Choose a PIN</translation>
    </message>
    <message>
        <source>Mã PIN mới</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>4 đến 8 chữ số</source>
        <translation>4 to 8 digits</translation>
    </message>
    <message>
        <source>Gõ lại mã PIN</source>
        <translation>PIN again</translation>
    </message>
    <message>
        <source>Lưu mã PIN</source>
        <translation>Save the PIN</translation>
    </message>
    <message>
        <source>Để sau</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Hai lần gõ không giống nhau. Hãy gõ lại.</source>
        <translation>The two PINs differ. Type the second one again.</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Quầy đang khoá. Việc đang làm dở vẫn còn nguyên.</source>
        <translation>The counter is locked. Work in progress is kept as it is.</translation>
    </message>
    <message>
        <source>Quầy đang khoá</source>
        <translation>The counter is locked</translation>
    </message>
    <message>
        <source>Mã PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Mở khoá</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>Đăng nhập bằng mật khẩu</source>
        <translation>Sign in with a password</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Đăng nhập</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Tên đăng nhập</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>Mật khẩu</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Hiện mật khẩu</source>
        <translation>Show password</translation>
    </message>
</context>
</TS>
